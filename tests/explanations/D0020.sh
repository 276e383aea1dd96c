depotc biuld
