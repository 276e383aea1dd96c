printf 'let name = "\377"\n' >main.depot
depotc check main.depot
