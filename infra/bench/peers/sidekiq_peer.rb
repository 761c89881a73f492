require "json"
require "sidekiq"

REDIS = { url: ENV.fetch("BENCH_REDIS") }
Sidekiq.configure_server { |config| config.redis = REDIS; config.logger.level = Logger::WARN }
Sidekiq.configure_client { |config| config.redis = REDIS }

def now = Process.clock_gettime(Process::CLOCK_REALTIME, :nanosecond)

class Noop
  include Sidekiq::Worker
  def perform(task) = nil
end

class Timed
  include Sidekiq::Worker
  def perform(task)
    arrived = now
    $log ||= File.open(ENV.fetch("LATENCY_LOG"), "a").tap { |file| file.sync = true }
    $log.write("#{(arrived - task["t"]) / 1000}\n")
  end
end

def payload(number = 0)
  task = {
    "id" => format("0190f5a2-7c1e-7b3a-9d4e-%012d", number), "kind" => "job.step", "tenant" => "acme-research",
    "attempt" => 1, "generation" => number % 400, "population" => 200, "objectives" => 3,
    "point" => [0.123456, 0.234567, 0.345678, 0.456789, 0.567891, 0.678912],
    "trace" => "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "t" => now, "pad" => ""
  }
  task["pad"] = "x" * (500 - JSON.generate(task).size)
  task
end

if $PROGRAM_NAME == __FILE__
  mode, count = ARGV[0], ARGV[1].to_i
  if mode == "paced"
    count.times { |number| Timed.perform_async(payload(number)); sleep(1 / ARGV[2].to_f) }
    exit
  end
  task, began = payload, now
  if mode == "bulk"
    0.step(count - 1, 1000) do |start|
      Sidekiq::Client.push_bulk("class" => Noop, "args" => Array.new([1000, count - start].min) { [task] })
    end
  else
    count.times { Noop.perform_async(task) }
  end
  puts JSON.generate({ rate: count / ((now - began) / 1e9) })
end
