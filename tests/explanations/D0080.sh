program main.depot
depotc check main.depot --diagnostics short:nowhere/report
