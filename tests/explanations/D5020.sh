program main.depot
quietly build main.depot --target cdk
echo 'Ours.' >out/README.md
program main.depot other
depotc build main.depot --target cdk
