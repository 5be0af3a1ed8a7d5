-- Forgets the entry, and leaves the latest version known in its place, so that nobody puts back an
-- older one that he read before. It stands for the whole time to live, also where an entry of that
-- version is forgotten for it: that one might have ended at any moment. ARGV: version, 19 digits;
-- milliseconds to live.
local known = redis.call('get', KEYS[1])
local version = ARGV[1]
if known and string.sub(known, 1, 19) > version then
  version = string.sub(known, 1, 19)
end
redis.call('set', KEYS[1], version, 'PX', ARGV[2])
return {1}
