-- Keeps an entry unless a later version is known. ARGV: entry, milliseconds to live.
-- An entry begins with its version, 19 digits: as texts they compare exactly, as Lua's numbers not.
local known = redis.call('get', KEYS[1])
if known and string.sub(known, 1, 19) > string.sub(ARGV[1], 1, 19) then
  return {0}
end
redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2])
return {1}
