depotc build -o
