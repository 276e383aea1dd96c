program main.depot
mkdir out
echo '{' >out/.depotc-manifest.json
depotc build main.depot
