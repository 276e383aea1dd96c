program main.depot
depotc test --snapshot --ci main.depot
