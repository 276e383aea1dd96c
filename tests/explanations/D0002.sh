depotc check /proc/self/mem
