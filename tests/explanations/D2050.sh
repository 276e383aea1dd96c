printf 'let limit = 2\ntest "the limit is three" {\n  expect limit == 3\n}\n' >main.depot
depotc test main.depot
