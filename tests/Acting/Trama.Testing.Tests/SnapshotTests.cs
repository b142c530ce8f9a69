using Trama.Testing.Snapshots;

namespace Trama.Testing.Tests;

/// <summary>Conversations held against files beside the test.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trama-snapshot").FullName;

    private string Source => Path.Combine(_folder, "ShopTests.cs");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_time_what_was_received_is_written_and_the_test_fails()
    {
        Assert.StartsWith("there is no ", new Snapshot(Source, "Buys").Compare("connection 1\n"), StringComparison.Ordinal);
        Assert.Equal("connection 1\n", File.ReadAllText(Path.Combine(_folder, "ShopTests.Buys.received.txt")));
    }

    [Fact]
    public void What_was_verified_passes_and_leaves_nothing_behind()
    {
        File.WriteAllText(Path.Combine(_folder, "ShopTests.Buys.verified.txt"), "connection 1\r\n");
        File.WriteAllText(Path.Combine(_folder, "ShopTests.Buys.received.txt"), "old");
        Assert.Null(new Snapshot(Source, "Buys").Compare("connection 1\n"));
        Assert.False(File.Exists(Path.Combine(_folder, "ShopTests.Buys.received.txt")));
    }

    [Fact]
    public void A_difference_is_told_by_its_line()
    {
        File.WriteAllText(Path.Combine(_folder, "ShopTests.Buys.verified.txt"), "connection 1\n  > a (1 bytes)\n");
        Assert.StartsWith("line 2 of the conversation should be '  > a (1 bytes)' and is '  > b (1 bytes)'",
            new Snapshot(Source, "Buys").Compare("connection 1\n  > b (1 bytes)\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_conversation_is_told_without_times_and_ports() =>
        Traffic.Read(Path.Combine(TestData.Root, "tests/data/recorded/pop3-dovecot.pcap")).Should().MatchSnapshot();
}
