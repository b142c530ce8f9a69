using CsCheck;
using Trama.Packets.Transport;
using Trama.Run.Gateway;

namespace Trama.Run.Tests;

/// <summary>What is said to the command arrives whole and in order, whatever the device loses.</summary>
public class InsideStreamTests
{
    private const int Segment = 1000;

    [Fact]
    public void Arrives_whole_over_a_device_that_loses()
    {
        Gen.Select(Gen.Int[1, 20_000], Gen.Int[0, 3].List[0, 200], Gen.UInt).Sample((length, losses, start) =>
        {
            byte[] said = new byte[length];
            new Random(length).NextBytes(said);
            Assert.Equal(said, Heard(said, losses, new SequenceNumber(start)));
        });
    }

    [Fact]
    public void Says_no_more_than_the_window_has_room_for()
    {
        Gen.Select(Gen.UShort, Gen.Int[0, 10], Gen.Int[1, 5000]).Sample((window, scale, waiting) =>
        {
            var stream = new InsideStream(new SequenceNumber(7)) { Scale = scale, LargestSegment = Segment };
            stream.Hear(new SequenceNumber(8), window, carriesNothing: true, now: 1);
            long said = 0;
            while (stream.Room is > 0 and int room && said < 100_000)
            {
                int count = Math.Min(room, waiting);
                stream.Say(new byte[count], now: 1);
                said += count;
            }

            Assert.True(said <= Math.Min((long)window << scale, InsideStream.MostInFlight) || said >= 100_000);
        });
    }

    // A command that acknowledges what is in order; one of four segments is lost where the list says 0.
    private static byte[] Heard(byte[] said, List<int> losses, SequenceNumber start)
    {
        var stream = new InsideStream(start) { LargestSegment = Segment };
        var heard = new List<byte>();
        stream.Hear(start + 1, 8000, carriesNothing: true, now: 1);
        int at = 0, turn = 0;
        long now = 1;
        for (int round = 0; round < 2000 && (heard.Count < said.Length || !stream.IsDone); round++)
        {
            while (at < said.Length && stream.Room is > 0 and int room)
            {
                ReadOnlySpan<byte> piece = said.AsSpan(at, Math.Min(room, said.Length - at));
                SequenceNumber number = stream.Next;
                stream.Say(piece, now);
                at += piece.Length;
                Deliver(number, piece);
            }

            if (at == said.Length && !stream.HasEnded) stream.End(now);
            if (stream.AgainAt == 0) continue;
            now = stream.AgainAt;
            ReadOnlySpan<byte> again = stream.Again(now, out SequenceNumber from);
            bool ends = stream.HasEnded && from + again.Length + 1 == stream.Next;
            Deliver(from, again);
            if (ends && heard.Count == said.Length) stream.Hear(stream.Next, 8000, carriesNothing: true, now);
        }

        Assert.True(stream.IsDone);
        return [.. heard];

        void Deliver(SequenceNumber number, ReadOnlySpan<byte> piece)
        {
            bool isLost = losses.Count > 0 && turn < losses.Count && losses[turn] == 0;
            turn++;
            int known = start + 1 + heard.Count - number;
            if (!isLost && known >= 0 && known < piece.Length) heard.AddRange(piece[known..]);
            if (!isLost) stream.Hear(start + 1 + heard.Count, 8000, carriesNothing: true, now);
        }
    }
}
