using CsCheck;
using Trama.Processes.Facts;
using Trama.Processes.Native;

namespace Trama.Processes.Tests.Facts;

public class ProcessStatTests
{
    [Theory]
    [InlineData("4711 (curl) S 812 4711 812 0 -1 4194304 100 0 0 0 1 2 0 0 20 0 1 0 123456 2", "curl", 812, 123456ul)]
    [InlineData("4711 (a) b (c)) S 812 4711 812 0 -1 4194304 100 0 0 0 1 2 0 0 20 0 1 0 123456 2", "a) b (c)", 812, 123456ul)]
    public void A_name_may_hold_brackets_and_spaces(string text, string name, int parent, ulong started)
    {
        Assert.True(ProcessStat.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out ProcessStat stat));
        Assert.Equal(new ProcessStat(name, parent, started), stat);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4711 (curl)")]
    [InlineData("4711 )curl( S 1")]
    [InlineData("4711 (curl) S 812 1 2 3")]
    [InlineData("4711 (curl) S x 4711 812 0 -1 4194304 100 0 0 0 1 2 0 0 20 0 1 0 123456 2")]
    public void What_is_cut_off_says_nothing(string text) =>
        Assert.False(ProcessStat.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void No_bytes_are_too_strange()
    {
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            if (ProcessStat.TryParse(bytes, out ProcessStat stat)) Assert.NotNull(stat.Name);
        });
        Gen.Select(Gen.UInt, Gen.UInt).Sample((real, effective) =>
            ProcessTable.EffectiveUser(System.Text.Encoding.ASCII.GetBytes($"Name:\tx\nUid:\t{real}\t{effective}\t0\t0\n")) == effective);
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            if (ProcessTable.EffectiveUser([.. "\nUid:\t"u8, .. bytes]) is not null) Assert.Contains((byte)'\t', bytes);
        });
        Gen.UInt.Sample(inode =>
            SocketLink.TryParse(System.Text.Encoding.ASCII.GetBytes($"socket:[{inode}]"), out uint read) && read == inode);
        Gen.Byte.Array[0, 30].Sample(bytes => !SocketLink.TryParse([.. "socket:["u8, .. bytes], out _) || bytes[^1] == ']');
    }

    [Fact]
    public void A_process_that_is_gone_is_unknown()
    {
        Assert.Null(new ProcessTable().Of(int.MaxValue));
        Assert.Null(new ProcessTable().Of(-1));
    }

    [Fact]
    public void A_process_is_known_by_its_start_too()
    {
        ProcessFacts self = new ProcessTable().Of(Environment.ProcessId)!;
        Assert.True(self.StartedTicks > 0);
        Assert.Equal(self.UserName, Environment.UserName);
    }

    [Fact]
    public void Users_without_a_name_keep_their_number()
    {
        var users = new UserNames("root:x:0:0::/root:/bin/sh\nana:x:1000:1000\nbroken\n::\nx:y:z:\n");
        Assert.Equal(("root", "ana", "7"), (users.Of(0), users.Of(1000), users.Of(7)));
    }
}
