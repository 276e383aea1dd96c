program one.depot one
program two.depot two
depotc build --stdout
