program main.depot
quietly build main.depot
echo >>out/demo.template.json
depotc build --check main.depot
