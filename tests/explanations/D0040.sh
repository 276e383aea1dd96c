program main.depot
mkdir -p out/demo.template.json
depotc build main.depot
