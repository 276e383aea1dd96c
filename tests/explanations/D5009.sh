program main.depot
program old.depot old
quietly build
rm old.depot
depotc build --check
