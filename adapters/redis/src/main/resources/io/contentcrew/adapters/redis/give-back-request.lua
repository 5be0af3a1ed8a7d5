-- Puts back a request that was taken off a rate. KEYS and ARGV: as for taking one.
-- What has run off by now is the next one's to find out: a share less is used, and nothing at least,
-- so there is never more left than the whole rate. Of a key that is not there nothing is used.
local used = tonumber(redis.call('hget', KEYS[1], 'used') or 0)
local share = math.floor(tonumber(ARGV[2]) * tonumber(ARGV[3]) / tonumber(ARGV[1]))
if used > share then
  redis.call('hset', KEYS[1], 'used', string.format('%.0f', used - share))
else
  redis.call('del', KEYS[1])
end
return {1}
