-- What the store in Redis does at once. KEYS[1] begins every name; ARGV[1] says the rest, as JSON.

local facts = cjson.decode(ARGV[1])

local function name(kind, rest)
  return KEYS[1] .. kind .. (rest and ':' .. rest or '')
end

local function remove(key)
  local known = redis.call('HMGET', name('page', key), 'shown', 'size')
  if known[1] then
    for _, line in ipairs(cjson.decode(known[1])) do
      redis.call('HDEL', name('shows', line[1]), key)
    end
    redis.call('DECRBY', name('bytes'), known[2])
  end
  redis.call('DEL', name('page', key))
  redis.call('ZREM', name('pages'), key)
  redis.call('ZREM', name('ends'), key)
end

local function retire(key)
  redis.call('HSET', name('page', key), 'state', '0')
  redis.call('ZREM', name('ends'), key)
end

-- Moments and stretches are text: cjson would round them.
local function is_within(at, span)
  if at == '' then return true end
  local low, high = string.match(span, '(%S+) (%S+)')
  return tonumber(low) <= tonumber(at) and tonumber(at) <= tonumber(high)
end

-- Whether something was forgotten since that the page shows, or nobody knows any more.
local function is_outdated()
  local now = tonumber(redis.call('GET', name('generation')) or 0)
  local marks = redis.call('ZRANGEBYSCORE', name('marks'), '(' .. string.format('%.0f', facts.generation), '+inf')
  if now - facts.generation ~= #marks then return true end
  local shown = {}
  for _, line in ipairs(facts.shown) do shown[line[1]] = line[2] end
  for _, mark in ipairs(marks) do
    local told = cjson.decode(mark)
    local span = shown[told.name]
    if told.name == 'everything' or shown['everything'] then return true end
    if span and is_within(told.at, span) then return true end
  end
  return false
end

local function make_room()
  while redis.call('ZCARD', name('pages')) > facts.most_pages
    or tonumber(redis.call('GET', name('bytes')) or 0) > facts.most_bytes do
    remove(redis.call('ZRANGE', name('pages'), 0, 0)[1])
  end
end

-- When the page was modified, as it is kept; false where it is not.
local function keep()
  if facts.size > facts.most_bytes or is_outdated() then return false end
  local before = tonumber(redis.call('HGET', name('page', facts.key), 'modified') or 0)
  local modified = math.max(facts.now, before + 1)
  remove(facts.key)
  redis.call('HSET', name('page', facts.key), 'state', '1', 'manifest', ARGV[2], 'br', ARGV[3], 'gzip', ARGV[4],
    'release', facts.release, 'run', facts.run, 'version', facts.version, 'size', facts.size,
    'modified', string.format('%.0f', modified), 'shown', cjson.encode(facts.shown))
  for _, line in ipairs(facts.shown) do
    redis.call('HSET', name('shows', line[1]), facts.key, line[2])
  end
  redis.call('ZADD', name('pages'), redis.call('INCR', name('order')), facts.key)
  redis.call('ZADD', name('ends'), facts.ends_at, facts.key)
  redis.call('INCRBY', name('bytes'), facts.size)
  make_room()
  return modified
end

local function drop()
  remove(facts.key)
  return true
end

local function concerned(told)
  if told.name == 'everything' then return redis.call('ZRANGE', name('pages'), 0, -1) end
  local keys = redis.call('HKEYS', name('shows', 'everything'))
  local lines = redis.call('HGETALL', name('shows', told.name))
  for place = 1, #lines, 2 do
    if is_within(told.at, lines[place + 1]) then table.insert(keys, lines[place]) end
  end
  return keys
end

local function forget()
  redis.call('SET', name('generation'), string.format('%.0f', facts.first), 'NX')
  for _, told in ipairs(facts.told) do
    local generation = redis.call('INCR', name('generation'))
    -- A member of its own, or the same change would count once.
    told.generation = string.format('%.0f', generation)
    redis.call('ZADD', name('marks'), told.generation, cjson.encode(told))
    for _, key in ipairs(concerned(told)) do
      if told.is_hard then remove(key) else retire(key) end
    end
  end
  redis.call('ZREMRANGEBYRANK', name('marks'), 0, -20001)
  return true
end

local function sweep()
  local keys = redis.call('ZRANGEBYSCORE', name('ends'), '-inf', facts.now)
  for _, key in ipairs(keys) do retire(key) end
  return keys
end

local function end_turn()
  if redis.call('GET', name('turn', facts.key)) == facts.token then redis.call('DEL', name('turn', facts.key)) end
  return true
end
