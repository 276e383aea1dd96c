mkdir retail stock
program retail/main.depot
program stock/main.depot
touch retail/depot.project stock/depot.project
depotc check retail/main.depot stock/main.depot
