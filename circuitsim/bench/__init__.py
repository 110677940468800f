"""How fast this machine is with circuitsim and with others: one workload, one table."""
