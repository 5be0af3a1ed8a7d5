-- Makes a job the leader of a key unless another one leads. ARGV: job, lease in milliseconds.
local leader = redis.call('get', KEYS[1])
if leader and leader ~= ARGV[1] then
  return {0}
end
redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2])
return {1}
