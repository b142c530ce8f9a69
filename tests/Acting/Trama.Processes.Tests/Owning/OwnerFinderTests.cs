using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Trama.Processes.Facts;
using Trama.Processes.Holders;
using Trama.Processes.Owning;

namespace Trama.Processes.Tests.Owning;

/// <summary>Whose a socket is when it changes hands while it is looked for.</summary>
public sealed class OwnerFinderTests : IDisposable
{
    private readonly Process _first = Process.Start("sleep", "60"), _second = Process.Start("sleep", "60");

    public OwnerFinderTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "sockets are asked of Linux");

    public void Dispose()
    {
        foreach (Process process in (Process[])[_first, _second])
        {
            process.Kill();
            process.Dispose();
        }
    }

    [Fact]
    public async Task Who_got_it_is_told_though_only_a_look_at_all_finds_it() =>
        Assert.Equal([_second.Id], await ServerAsync(new HandedOn(_first.Id, _second.Id), processes => processes is [var id] && id == _second.Id));

    [Fact]
    public async Task Nobody_is_told_when_who_got_it_is_not_found() =>
        Assert.Empty(await ServerAsync(new HandedOn(_first.Id, null), processes => processes.Length == 0));

    [Fact]
    public async Task Who_holds_it_all_the_time_stays() =>
        Assert.Equal([_first.Id], await ServerAsync(new HandedOn(_first.Id, _first.Id), _ => false));

    // As a program that is being started has all sockets of who starts it.
    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public async Task Who_has_it_for_a_moment_besides_is_not_told_in_the_end(int look)
    {
        var holders = new HandedOn(_first.Id, _first.Id) { AlsoHeldBy = (_second.Id, look) };
        Assert.Equal([_first.Id], await ServerAsync(holders, processes => holders.Looks > look && processes is [_]));
    }

    // The server's processes once they are as awaited, else those of the last look.
    private static async Task<int[]> ServerAsync(HandedOn holders, Func<int[], bool> isAwaited)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient(AddressFamily.InterNetwork);
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using Socket server = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        using var finder = new OwnerFinder(holders, null);
        OwnedConnection connection = finder.Follow(
            (IPEndPoint)client.Client.LocalEndPoint!, (IPEndPoint)server.LocalEndPoint!, null, 0, atOnce: true, FollowedSides.Server);
        int[] processes = Processes(connection);
        Assert.Single(processes);
        long start = Stopwatch.GetTimestamp();
        while (!isAwaited(processes) && (holders.Looks < 6 || holders.AlsoHeldBy is not null) && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
            processes = Processes(connection);
        }

        return processes;
    }

    private static int[] Processes(OwnedConnection connection) =>
        [.. connection.ServerOwner?.Processes.Select(process => process.Id) ?? []];

    // At the first look one process holds whatever is wanted; later another one, which none of the likely ones is.
    private sealed class HandedOn(int first, int? later) : ISocketHolderSource
    {
        private int _looks;

        public int Looks => Volatile.Read(ref _looks);

        public (int Process, int Look)? AlsoHeldBy { get; init; }

        public uint? OnlyUser => null;

        public Dictionary<uint, List<Holder>> Find(IReadOnlySet<uint> wanted, bool everywhere)
        {
            if (wanted.Count == 0) return [];
            int look = Interlocked.Increment(ref _looks);
            int? holder = look == 1 ? first : everywhere || first == later ? later : null;
            int?[] all = [holder, AlsoHeldBy is { } also && also.Look == look ? also.Process : null];
            Holder[] held = [.. all.OfType<int>().Select(process => new Holder(process, new ProcessTable().Of(process)!.StartedTicks))];
            return held.Length == 0 ? [] : wanted.ToDictionary(inode => inode, _ => held.ToList());
        }

        public void Dispose()
        {
            // It holds nothing.
        }
    }
}
