program main.depot
depotc build --check main.depot
