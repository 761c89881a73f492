import Redis

/// What must happen in one step on the server, and more than one command has to say.
enum Scripts {
    /// New messages of several streams: each its due, then whatever is there, up to the limit.
    static let take = RedisScript(
        """
        local left, taken = tonumber(ARGV[3]), {}
        local function take(i, count)
          if count <= 0 then return end
          local reply = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', count, 'STREAMS', KEYS[i], '>')
          if reply then
            local entries = reply[1][2]
            taken[#taken + 1] = {i, entries}
            left = left - #entries
          end
        end
        for i = 1, #KEYS do take(i, math.min(left, tonumber(ARGV[i + 3]))) end
        for i = 1, #KEYS do take(i, left) end
        return taken
        """)

    /// Renews only what the member still holds, so that one that was thought dead steals nothing back from its
    /// successor; returns what others hold now.
    static let renew = RedisScript(
        """
        local claim, lost = {'XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0}, {}
        for i = 3, #ARGV do
          local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1)[1]
          if pending and pending[2] == ARGV[2] then claim[#claim + 1] = ARGV[i]
          elseif pending then lost[#lost + 1] = ARGV[i] end
        end
        if #claim > 5 then
          claim[#claim + 1] = 'JUSTID'
          redis.call(unpack(claim))
        end
        return lost
        """)

    /// Makes entries look abandoned for a day and takes this delivery off their count.
    static let handBack = RedisScript(
        """
        for i = 3, #ARGV do
          local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2])[1]
          if pending then
            redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'IDLE', 86400000,
              'RETRYCOUNT', math.max(0, pending[4] - 1), 'JUSTID')
          end
        end
        """)

    /// Strikes a member from its groups unless it still holds something, and those that were silent for an hour.
    static let leave = RedisScript(
        """
        for _, key in ipairs(KEYS) do
          local members = redis.pcall('XINFO', 'CONSUMERS', key, ARGV[1])
          if not members.err then
            for _, member in ipairs(members) do
              local name, pending, idle = member[2], member[4], member[6]
              if pending == 0 and (name == ARGV[2] or idle > 3600000) then
                redis.call('XGROUP', 'DELCONSUMER', key, ARGV[1], name)
              end
            end
          end
        end
        """)

    /// Delayed messages whose time has come, back into their streams. A member is a MessagePack array of the stream's
    /// key and the fields; anything else becomes a dead letter, with the fields from `ARGV[3]` on. One that cannot be
    /// added waits a minute, so that it holds up no other.
    static let moveDue = RedisScript(
        """
        local function read(member)
          local isRead, message = pcall(cmsgpack.unpack, member)
          if not isRead or type(message) ~= 'table' or #message < 3 or #message % 2 == 0 then return nil end
          for _, part in ipairs(message) do
            if type(part) ~= 'string' then return nil end
          end
          return message
        end
        local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
        for _, member in ipairs(due) do
          local message, reply = read(member), nil
          if message then
            reply = redis.pcall('XADD', message[1], '*', unpack(message, 2))
          else
            reply = redis.pcall('XADD', KEYS[2], '*', 'data', member, unpack(ARGV, 3))
          end
          if type(reply) == 'table' and reply.err then
            redis.call('ZADD', KEYS[1], tonumber(ARGV[1]) + 60000, member)
          else
            redis.call('ZREM', KEYS[1], member)
          end
        end
        return #due
        """)

    /// Puts delayed messages whose time has come off, and returns them to the one who may move them now.
    static let claimDue = RedisScript(
        """
        local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
        for _, member in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[3], member) end
        return due
        """)
}
