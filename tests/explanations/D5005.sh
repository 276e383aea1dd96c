program main.depot
quietly build main.depot
echo >>out/demo.template.json
rm main.depot
program main.depot other
depotc build main.depot
