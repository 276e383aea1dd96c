program main.depot
mkdir out
echo '{}' >out/demo.template.json
depotc build main.depot
