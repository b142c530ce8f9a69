using CsCheck;
using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Replay.Loading;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Tests.Loading;

public class ArrivalsTests
{
    private static readonly Gen<long[]> Times = Gen.Long[0, 10_000_000_000].Array[1, 20];

    [Fact]
    public void Each_recorded_client_comes_so_many_times_and_in_order() => Gen.Select(Times, Gen.Int[1, 9]).Sample((times, rate) =>
    {
        (RecordedConnection Recorded, long AtNs)[] arrivals = [.. Arrivals.Of(Connections(times), rate, null)];
        Assert.All(arrivals.GroupBy(arrival => arrival.Recorded.Id), group => Assert.Equal(rate, group.Count()));
        Assert.Equal(times.Length * rate, arrivals.Length);
        Assert.Equal(arrivals.Select(arrival => arrival.AtNs).Order(), arrivals.Select(arrival => arrival.AtNs));
        Assert.Equal(0, arrivals[0].AtNs);
    });

    [Fact]
    public void At_its_own_rate_each_comes_when_it_came() => Times.Sample(times =>
    {
        long first = times.Min();
        Assert.Equal(times.Order().Select(time => time - first), Arrivals.Of(Connections(times), 1, null).Select(arrival => arrival.AtNs));
    });

    [Fact]
    public void For_a_time_the_recording_comes_over_and_over() => Gen.Select(Times, Gen.Long[1, 50_000_000_000]).Sample((times, duration) =>
    {
        long[] at = [.. Arrivals.Of(Connections(times), 1, duration).Take(1000).Select(arrival => arrival.AtNs)];
        Assert.All(at, due => Assert.InRange(due, 0, duration - 1));
        Assert.Equal(at.Order(), at);
        Assert.True(at.Length > 0);
    });

    [Fact]
    public void Half_of_the_rate_leaves_every_second_one_out() =>
        Assert.Equal([1, 3], Arrivals.Of(Connections([0, 10, 20, 30]), 0.5, null).Select(arrival => arrival.Recorded.Id));

    private static RecordedConnection[] Connections(long[] times) =>
        [.. times.Order().Select((time, index) => new RecordedConnection
        {
            Id = index + 1,
            Client = default,
            Server = default(Endpoint),
            OpenedAt = new Timestamp(time),
            State = ConnectionState.Closed,
            Exchanges = [],
            LastNs = 1_000_000,
        })];
}
