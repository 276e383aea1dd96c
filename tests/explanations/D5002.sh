program main.depot
quietly build main.depot
echo >>out/demo.template.json
sed -i 's/sandbox/other/' main.depot
depotc build main.depot
