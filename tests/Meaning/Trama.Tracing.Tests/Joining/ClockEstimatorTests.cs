using CsCheck;
using Trama.Packets;
using Trama.Tracing.Joining;

namespace Trama.Tracing.Tests.Joining;

/// <summary>
/// Two clocks, a path whose delays vary, and packets that both ends noted: the offset that comes out against the true one.
/// </summary>
public class ClockEstimatorTests
{
    private const long Hour = 3_600_000_000_000;
    private static readonly Timestamp s_start = new(1_700_000_000_000_000_000);

    private sealed record Path(long AheadNs, int DriftPpm, long There, long Back, (int At, int Jitter, bool There, bool Lost)[] Packets,
        int Seconds);

    private static readonly Gen<Path> s_paths =
        from ahead in Gen.Long[-30 * Hour, 30 * Hour]
        from drift in Gen.Int[-200, 200]
        from there in Gen.Long[1_000, 300_000_000]
        from back in Gen.Long[1_000, 300_000_000]
        from seconds in Gen.Int[1, 600]
        from packets in Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, 20_000_000], Gen.Bool,
            Gen.Select(Gen.Int[0, 9], lost => lost == 0)).Array[2, 300]
        select new Path(ahead, drift, there, back, packets, seconds);

    [Fact]
    public void No_packet_ever_arrives_before_it_left() => s_paths.Sample(path =>
    {
        ClockOffset clock = Estimate(path);
        foreach ((Timestamp first, Timestamp second, bool leftFirst) in Sightings(path))
        {
            long delay = clock.ToFirst(second) - first;
            // During the delay itself the clocks drift, too.
            long drifted = 100 + (long)(Math.Abs(delay) * Math.Abs(clock.Drift) * 1.1);
            Assert.True((leftFirst ? delay : -delay) >= (clock.UncertaintyNs ?? 0) - drifted, $"{delay} of {clock}");
        }
    });

    [Fact]
    public void The_offset_is_off_by_no_more_than_the_delays_allow() => s_paths.Sample(path =>
    {
        ClockOffset clock = Estimate(path);
        if (clock.UncertaintyNs is null) return;
        foreach ((Timestamp first, Timestamp _, bool _) in Sightings(path))
        {
            // Between any two packets, one each way, the true offset and the estimated one both lie within their delays.
            Assert.InRange(Math.Abs(clock.At(first) - True(path, first)), 0, Math.Max(path.There, path.Back) + 20_000_000 + Drifted(path));
        }
    });

    [Fact]
    public void With_many_packets_and_equal_ways_offset_and_drift_are_found_closely() =>
        (from ahead in Gen.Long[-30 * Hour, 30 * Hour]
         from drift in Gen.Int[-200, 200]
         from delay
            in Gen.Long[10_000, 200_000_000]
         from seed in Gen.Int
         select (ahead, drift, delay, seed)).Sample(run =>
        {
            var random = new Random(run.seed);
            // One packet in ten finds the queues empty, as on a path with some traffic.
            var packets = new (int, int, bool, bool)[2000];
            for (int i = 0; i < packets.Length; i++)
                packets[i] = (i * 500, random.Next(10) == 0 ? random.Next(20_000) : random.Next(2_000_000), i % 2 == 0,
                    random.Next(20) == 0);
            var path = new Path(run.ahead, run.drift, run.delay, run.delay, packets, 300);
            ClockOffset clock = Estimate(path);
            Assert.InRange(clock.Drift * 1e6, run.drift - 12, run.drift + 12);
            foreach (int second in (int[])[0, 150, 300])
            {
                var at = new Timestamp(s_start.Nanoseconds + second * 1_000_000_000L);
                Assert.InRange(clock.At(at) - True(path, at), -2_000_000, 2_000_000);
            }
        }, iter: 200);

    [Fact]
    public void A_queue_that_fills_one_way_is_no_drift()
    {
        var packets = new (int, int, bool, bool)[1000];
        for (int i = 0; i < packets.Length; i++) packets[i] = (i * 1000, i % 2 == 0 ? i * 50_000 : i * 37 % 100_000, i % 2 == 0, false);
        Assert.Equal(0, Estimate(new Path(0, 0, 20_000_000, 20_000_000, packets, 10)).Drift);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(Hour, Hour + 5_000_000)]
    public void From_one_way_alone_clocks_that_agree_are_believed(long ahead, long expected)
    {
        ClockOffset clock = Estimate(new Path(ahead, 0, 5_000_000, 0, [(0, 0, true, false), (100, 70_000, true, false)], 1));
        Assert.Null(clock.UncertaintyNs);
        Assert.Equal(expected, clock.OffsetNs);
    }

    private static ClockOffset Estimate(Path path)
    {
        var clocks = new ClockEstimator();
        foreach ((Timestamp first, Timestamp second, bool leftFirst) in Sightings(path)) clocks.Add(first, second, leftFirst);
        return clocks.Estimate() ?? default;
    }

    private static IEnumerable<(Timestamp First, Timestamp Second, bool LeftFirst)> Sightings(Path path)
    {
        foreach ((int at, int jitter, bool there, bool lost) in path.Packets)
        {
            if (lost) continue;
            var left = new Timestamp(s_start.Nanoseconds + (long)at * path.Seconds * 1000);
            var arrived = new Timestamp(left.Nanoseconds + jitter + (there ? path.There : path.Back));
            yield return there ? (left, Second(path, arrived), true) : (arrived, Second(path, left), false);
        }
    }

    private static Timestamp Second(Path path, Timestamp at) => new(at.Nanoseconds + True(path, at));

    private static long True(Path path, Timestamp at) => path.AheadNs + (at - s_start) / 1_000_000 * path.DriftPpm;

    private static long Drifted(Path path) => Math.Abs(path.DriftPpm) * 1000L * path.Seconds;
}
