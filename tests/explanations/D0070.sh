program main.depot
depotc test
