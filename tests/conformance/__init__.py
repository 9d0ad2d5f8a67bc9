"""What every scenario must pass, shipped or given with `--scenario`."""
