program main.depot
mkdir out elsewhere
ln -s ../elsewhere out/lib
depotc build main.depot --target cdk
