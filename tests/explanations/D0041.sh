program main.depot
depotc build main.depot --stdout >/dev/full
