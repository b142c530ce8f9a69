using CsCheck;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tests;

/// <summary>Streams that are known beforehand, sent in every disorder, against a slow and obvious model: one flag a byte.</summary>
public class StreamPropertyTests
{
    private const TcpFlags Data = TcpFlags.Psh | TcpFlags.Ack;

    private static readonly Gen<(uint Start, int Length, (int At, int Length, bool Again)[] Cuts, int[] Order)> Runs =
        from start in Gen.OneOf(Gen.UInt, Gen.UInt[uint.MaxValue - 3000, uint.MaxValue])
        from length in Gen.Int[1, 4000]
        from cuts in Gen.Select(Gen.Int[0, length - 1], Gen.Int[1, 700], Gen.Bool).Array[1, 40]
        from order in Gen.Int[0, 1000].Array[cuts.Length]
        select (start, length, cuts, order);

    [Fact]
    public void Bytes_that_came_are_given_once_and_in_order_and_the_others_are_named() => Runs.Sample(run =>
    {
        byte[] stream = Bytes(run.Length);
        bool[] came = new bool[run.Length];
        var wire = new Wire();
        Open(wire, run.Start);
        (int At, int Length, bool Again)[] cuts = [.. run.Cuts];
        Array.Sort([.. run.Order], cuts);
        foreach ((int at, int cut, bool again) in cuts)
        {
            int end = Math.Min(at + cut, run.Length);
            for (int copy = 0; copy <= (again ? 1 : 0); copy++)
                wire.Send(Side.Client, Data, unchecked(run.Start + 1 + (uint)at), Wire.ServerStart + 1, stream.AsSpan(at..end));
            came.AsSpan(at..end).Fill(true);
        }

        wire.Complete();
        int last = Array.LastIndexOf(came, true) + 1;
        Check(wire, stream.AsSpan(0, last), came.AsSpan(0, last));
        Assert.Equal(came.Count(c => c), wire.Connection.ToServer.StreamBytes);
        Assert.Equal(last - came.Count(c => c), wire.Connection.ToServer.MissingBytes);
        Assert.Equal(0, wire.Connection.ToServer.ContradictedBytes);
    });

    [Fact]
    public void A_stream_that_lost_nothing_is_whole_whatever_its_cuts_and_order() => Runs.Sample(run =>
    {
        byte[] stream = Bytes(run.Length);
        var wire = new Wire();
        Open(wire, run.Start);
        var cuts = new List<(int At, int End)>();
        for (int at = 0, i = 0; at < run.Length; i++)
        {
            int end = Math.Min(run.Length, at + run.Cuts[i % run.Cuts.Length].Length);
            cuts.Add((at, end));
            at = end;
        }

        // Overtaken by up to five segments.
        foreach ((int at, int end) in cuts.Select((cut, i) => (cut, Key: i + run.Order[i % run.Order.Length] % 5)).OrderBy(c => c.Key)
            .Select(c => c.cut))
            wire.Send(Side.Client, Data, unchecked(run.Start + 1 + (uint)at), Wire.ServerStart + 1, stream.AsSpan(at..end));
        wire.Send(Side.Server, TcpFlags.Ack, Wire.ServerStart + 1, unchecked(run.Start + 1 + (uint)run.Length));
        wire.Complete();
        Assert.Equal(stream, wire.Streams[0].ToArray());
        Assert.Empty(wire.Gaps);
    });

    [Fact]
    public void Bytes_that_were_acknowledged_and_never_seen_are_named_as_not_captured() => Runs.Sample(run =>
    {
        byte[] stream = Bytes(run.Length);
        bool[] came = new bool[run.Length];
        var wire = new Wire();
        Open(wire, run.Start);
        // In order, with holes, each segment acknowledged at once: whatever is missing is the capture's loss.
        for (int at = 0, i = 0; at < run.Length; i++)
        {
            (_, int cut, bool lost) = run.Cuts[i % run.Cuts.Length];
            int end = Math.Min(run.Length, at + cut);
            if (!lost) wire.Send(Side.Client, Data, unchecked(run.Start + 1 + (uint)at), Wire.ServerStart + 1, stream.AsSpan(at..end));
            if (!lost) came.AsSpan(at..end).Fill(true);
            wire.Send(Side.Server, TcpFlags.Ack, Wire.ServerStart + 1, unchecked(run.Start + 1 + (uint)end));
            at = end;
        }

        wire.Complete();
        // A last number that was never seen may have been a FIN.
        int last = came.AsSpan().LastIndexOf(true) + 1 == run.Length - 1 ? run.Length - 1 : run.Length;
        Check(wire, stream.AsSpan(0, last), came.AsSpan(0, last));
        Assert.All(wire.Gaps, gap => Assert.Equal(GapReason.NotCaptured, gap.Reason));
    });

    private static void Open(Wire wire, uint start)
    {
        wire.Send(Side.Client, TcpFlags.Syn, start, 0);
        wire.Send(Side.Server, TcpFlags.Syn | TcpFlags.Ack, Wire.ServerStart, unchecked(start + 1));
    }

    private static void Check(Wire wire, ReadOnlySpan<byte> stream, ReadOnlySpan<bool> came)
    {
        var expected = new List<byte>();
        for (int i = 0; i < stream.Length; i++)
            if (came[i]) expected.Add(stream[i]);
        Assert.Equal(expected, wire.Streams[0].ToArray());
        bool[] missing = new bool[stream.Length];
        foreach ((_, long offset, long length, _) in wire.Gaps) missing.AsSpan((int)offset, (int)length).Fill(true);
        for (int i = 0; i < stream.Length; i++) Assert.NotEqual(came[i], missing[i]);
    }

    private static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
