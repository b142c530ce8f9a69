using Trama.Captures;
using Trama.Captures.Files;

namespace Trama.Testing.Tests;

/// <summary>What cannot be seen never passes: it fails, or skips with its reason.</summary>
public sealed class UnseenTests : IDisposable
{
    private static readonly string s_lesson = Path.Combine(TestData.Root, "tests/Trama.EndToEnd.Tests/captures/lesson.pcap");
    private static readonly string s_http = Path.Combine(TestData.Root, "tests/data/recorded/http1-bodies.pcap");

    private static readonly Action<WireAssertions>[] s_assertions =
    [
        it => it.HaveConnections(1), it => it.HaveRoundTrips(2), it => it.HaveExchanges(1), it => it.HaveOperations(),
        it => it.ReplyWithin(TimeSpan.FromMinutes(1)), it => it.HaveNoFailures(), it => it.HaveNoRetransmissions(),
        it => it.HaveNoFindings(), it => it.HaveFinding("packet-loss"), it => it.MatchSnapshot(),
    ];

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory, InlineData(5), InlineData(880)]
    public void Of_a_capture_that_is_cut_nothing_passes(int without)
    {
        File.WriteAllBytes(_path, File.ReadAllBytes(s_lesson)[..^without]);
        Traffic traffic = Traffic.Read(_path);
        Assert.All(s_assertions, assertion => Fails("the capture cannot be read to its end", () => assertion(traffic.Should())));
        Assert.StartsWith("skipped: the capture cannot be read to its end", Assert.Throws<InvalidOperationException>(
            () => traffic.Should(why => throw new InvalidOperationException("skipped: " + why))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_file_that_is_no_capture_nothing_passes()
    {
        File.WriteAllText(_path, "nothing of this kind");
        Traffic traffic = Traffic.Read(_path);
        Assert.All(s_assertions, assertion => Fails("the capture cannot be read to its end", () => assertion(traffic.Should())));
    }

    [Fact]
    public void What_is_encrypted_is_not_known_to_be_asked_or_to_succeed()
    {
        Traffic traffic = Traffic.Read(TestData.Shared("protocols/tls12-lab-gcm.pcapng"));
        Fails("connection 1 is encrypted", () => traffic.Should().HaveNoFailures());
        Fails("connection 1 is encrypted", () => traffic.Should().HaveOperations());
        traffic.Should().HaveConnections(traffic.Connections.Count);
    }

    [Fact]
    public void Bytes_that_were_not_captured_may_hold_anything()
    {
        Traffic whole = Traffic.Read(s_http);
        whole.Should().ReplyWithin(TimeSpan.FromMinutes(1)).And.HaveExchanges(whole.Exchanges.Count);
        Traffic part = WithoutPacket(whole.Exchanges.First(exchange => exchange.Reply is not null).Reply!.Packets[0]);
        Fails(" bytes of connection 1 were not captured", () => part.Should().HaveExchanges(part.Exchanges.Count));
        Fails(" bytes of connection 1 were not captured", () => part.Should().HaveOperations());
        Fails(" bytes of connection 1 were not captured", () => part.Should().MatchSnapshot());
        Fails(" bytes of connection 1 were not captured", () => part.Should().HaveRoundTrips(part.Connections.Count));
        foreach (Action<WireAssertions> assertion in (Action<WireAssertions>[])
        [
            it => it.HaveNoFailures(), it => it.ReplyWithin(TimeSpan.FromMinutes(1)), it => it.HaveNoRetransmissions(),
            it => it.HaveNoFindings(),
        ]) Assert.Throws<WireAssertionException>(() => assertion(part.Should()));
    }

    [Fact]
    public void Packets_that_were_cut_may_hold_anything()
    {
        Traffic part = Cut(96);
        Assert.All((Action<WireAssertions>[])
        [
            it => it.HaveExchanges(part.Exchanges.Count), it => it.HaveRoundTrips(2), it => it.HaveNoRetransmissions(),
            it => it.HaveNoFindings("nagle-delayed-ack"), it => it.HaveNoFailures(), it => it.ReplyWithin(TimeSpan.FromMinutes(1)), it => it.MatchSnapshot(),
        ], assertion => Fails(" bytes of connection ", () => assertion(part.Should())));
    }

    [Fact]
    public void Operations_of_an_unknown_protocol_are_not_none() =>
        Fails("what request 1 asks for is not known", () => Traffic.Read(s_lesson).Should().HaveOperations());

    private Traffic WithoutPacket(long number)
    {
        using (CaptureFile file = CaptureFile.Open(s_http))
        using (var part = new PcapWriter(_path, file.Interfaces[0].LinkType))
        {
            for (long packet = 1; file.TryRead(out Packets.Record record); packet++)
                if (packet != number) part.Write(record);
        }

        return Traffic.Read(_path);
    }

    // As a capture is that keeps the beginning of each packet (tcpdump -s).
    private Traffic Cut(int length)
    {
        using (CaptureFile file = CaptureFile.Open(s_http))
        using (var part = new PcapWriter(_path, file.Interfaces[0].LinkType))
        {
            while (file.TryRead(out Packets.Record record))
                part.Write(new Packets.Record(record.Timestamp, record.LinkType, record.Bytes[..Math.Min(length, record.Bytes.Length)],
                    record.OriginalLength));
        }

        return Traffic.Read(_path);
    }

    private static void Fails(string words, Action assertion) => Assert.Contains(
        words, Assert.Throws<WireAssertionException>(assertion).Message.Split('\n')[0], StringComparison.Ordinal);
}
