program main.depot
quietly test --snapshot main.depot
printf 'test "one" { expect 1 == 1 }\n' >main.depot
depotc test --snapshot main.depot
