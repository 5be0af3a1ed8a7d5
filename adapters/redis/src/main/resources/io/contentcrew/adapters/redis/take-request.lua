-- Takes one request off what is left of a rate. KEYS: what is used of it. ARGV: requests in a
-- period, the period in microseconds, and in how many units a microsecond is counted.
-- Returns whether it is let through, how many more would be, and in microseconds when one would be
-- and when the whole rate is there again.
--
-- A request uses up its share of the period, and what is used runs off with the time: so a rate that
-- changes keeps its proportion. A share is whole units, rounded down, so that a period holds exactly
-- as many shares as the rate has. Doubles count exactly up to 2^53 units, and twice the period must
-- be below that: hence picoseconds for short periods, and nanoseconds for long ones.
local UNITS = tonumber(ARGV[3])
local PERIOD = tonumber(ARGV[2]) * UNITS
local share = math.floor(PERIOD / tonumber(ARGV[1]))

local clock = redis.call('time')
local now = clock[1] * 1e6 + clock[2]
local known = redis.call('hmget', KEYS[1], 'used', 'at')
local used = tonumber(known[1] or 0)
local since = tonumber(known[2] or now)
-- what a clock that was set back makes of the time must not keep anybody waiting for it
used = math.max(0, used - math.max(0, now - since) * UNITS)

local allowed = used + share <= PERIOD
if allowed then
  used = used + share
end
if allowed or now < since then
  redis.call('hset', KEYS[1], 'used', string.format('%.0f', used), 'at', string.format('%.0f', now))
  redis.call('pexpire', KEYS[1], math.ceil(used / UNITS / 1e3))
end
local left = math.floor((PERIOD - used) / share)
local wait = 0
if not allowed then
  wait = math.ceil((used + share - PERIOD) / UNITS)
end
return {allowed and 1 or 0, left, wait, math.ceil(used / UNITS)}
