using Trama.Packets;
using Record = Trama.Packets.Record;

namespace Trama.Run.Tests;

public sealed class SeenPacketsTests
{
    [Fact]
    public async Task What_was_added_is_read_in_its_order_and_whole()
    {
        const int count = 20_000;
        using var packets = new SeenPackets();
        Task adding = Task.Run(() =>
        {
            for (int i = 0; i < count; i++) packets.Add(new Record(new Timestamp(i), LinkType.Raw, BitConverter.GetBytes(i), 4));
            packets.Complete();
        }, TestContext.Current.CancellationToken);
        int read = 0;
        for (; packets.TryRead(out Record record); read++)
            Assert.Equal((read, read), ((int)record.Timestamp.Nanoseconds, BitConverter.ToInt32(record.Bytes)));
        await adding;
        Assert.Equal((count, 0L), (read, packets.Dropped));
    }

    [Fact]
    public void What_finds_no_room_is_counted_and_what_follows_does()
    {
        using var packets = new SeenPackets();
        byte[] large = new byte[1 << 20];
        const long most = SeenPackets.MostWaiting / (1 << 20);
        for (int i = 0; i < most + 3; i++) packets.Add(new Record(default, LinkType.Raw, large, large.Length));
        Assert.Equal(3, packets.Dropped);
        Assert.True(packets.TryRead(out _));
        packets.Add(new Record(default, LinkType.Raw, large, large.Length));
        packets.Complete();
        long rest = 0;
        while (packets.TryRead(out _)) rest++;
        Assert.Equal((most, 3L), (rest, packets.Dropped));
    }

    [Fact]
    public void Whoever_waits_is_asked_in_the_meantime()
    {
        int asked = 0;
        using var packets = new SeenPackets { Interval = TimeSpan.FromMilliseconds(1) };
        packets.Waiting = () =>
        {
            if (++asked == 3) packets.Complete();
        };
        Assert.False(packets.TryRead(out _));
        Assert.Equal(3, asked);
    }
}
