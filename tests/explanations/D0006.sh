printf 'let name = "a\0b"\n' >main.depot
depotc check main.depot
