printf 'test "one" { expect 1 == 1 }\n' >main.depot
depotc test main.depot --filter two
