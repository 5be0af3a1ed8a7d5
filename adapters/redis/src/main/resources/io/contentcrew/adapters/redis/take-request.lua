-- Takes one request off what is left of a rate. KEYS: what is used of it. ARGV: requests a minute.
-- Returns whether it is let through, how many more would be, and in microseconds when one would be
-- and when the whole rate is there again.
--
-- A request uses up its share of the minute, and what is used runs off with the time: so a rate that
-- changes keeps its proportion. A share is whole picoseconds, rounded down, so that a minute holds
-- exactly as many shares as the rate has; doubles count them exactly up to 2^53.
local MINUTE = 60 * 1e12
local share = math.floor(MINUTE / tonumber(ARGV[1]))

local clock = redis.call('time')
local now = clock[1] * 1e6 + clock[2]
local known = redis.call('hmget', KEYS[1], 'used', 'at')
local used = tonumber(known[1] or 0)
local since = tonumber(known[2] or now)
-- what a clock that was set back makes of the time must not keep anybody waiting for it
used = math.max(0, used - math.max(0, now - since) * 1e6)

local allowed = used + share <= MINUTE
if allowed then
  used = used + share
end
if allowed or now < since then
  redis.call('hset', KEYS[1], 'used', string.format('%.0f', used), 'at', string.format('%.0f', now))
  redis.call('pexpire', KEYS[1], math.ceil(used / 1e9))
end
local left = math.floor((MINUTE - used) / share)
local wait = 0
if not allowed then
  wait = math.ceil((used + share - MINUTE) / 1e6)
end
return {allowed and 1 or 0, left, wait, math.ceil(used / 1e6)}
