using CsCheck;
using Trama.Framing.Tls;
using Trama.Framing.Tls.Records;

namespace Trama.Framing.Tests.Tls;

public class RecordReaderTests
{
    private static readonly Gen<byte[][]> Fragments = Gen.Byte.Array[1, 400].Array[1, 12];

    [Fact]
    public void Any_pieces_give_the_same_records() =>
        Gen.Select(Fragments, Gen.Int[1, 500]).Sample((fragments, size) =>
        {
            var reader = new RecordReader();
            var read = new List<(long Start, byte[] Fragment)>();
            foreach (byte[] piece in Stream(fragments).Chunk(size)) Read(reader, piece, read, guess: false);
            long at = 0;
            Assert.Equal(fragments.Length, read.Count);
            foreach ((byte[] fragment, (long start, byte[] got)) in fragments.Zip(read))
            {
                Assert.Equal(at, start);
                Assert.Equal(fragment, got);
                at += fragment.Length + RecordHeader.Length;
            }

            Assert.Equal(at, reader.Position);
            Assert.False(reader.IsInside);
        });

    [Fact]
    public void Missing_bytes_of_one_record_lose_that_record_alone() =>
        Gen.Select(Fragments, Gen.Int[0, 11], Gen.Int[0, 400], Gen.Int[1, 400]).Sample((fragments, which, from, count) =>
        {
            which %= fragments.Length;
            from %= fragments[which].Length;
            count = Math.Min(count, fragments[which].Length - from);
            byte[] stream = Stream(fragments);
            int gap = fragments.Take(which).Sum(fragment => fragment.Length + RecordHeader.Length) + RecordHeader.Length + from;
            var reader = new RecordReader();
            var read = new List<(long Start, byte[] Fragment)>();
            Read(reader, stream.AsSpan(0, gap), read, guess: false);
            Assert.Equal(fragments[which].Length, reader.Skip(count).FragmentLength);
            Read(reader, stream.AsSpan(gap + count), read, guess: false);
            Assert.False(reader.IsLost);
            Assert.Equal(fragments.Where((_, i) => i != which), read.Select(record => record.Fragment));
            Assert.Equal(stream.Length, reader.Position);
        });

    [Fact]
    public void After_a_lost_header_reading_goes_on_at_two_headers_in_a_chain() =>
        Gen.Select(Gen.Byte[24, 255].Array[30, 400].Array[3, 12], Gen.Int[1, 500], Gen.Int[1, 28]).Sample((fragments, size, into) =>
        {
            byte[] stream = Stream(fragments);
            int lost = RecordHeader.Length + fragments[0].Length + RecordHeader.Length + into;
            var reader = new RecordReader();
            var read = new List<(long Start, byte[] Fragment)>();
            reader.Skip(lost);
            Assert.True(reader.IsLost);
            foreach (byte[] piece in stream[lost..].Chunk(size)) Read(reader, piece, read, guess: true);
            // The last record has no header behind it; the last two are enough for a chain.
            Assert.Equal(fragments[2..].Take(read.Count), read.Select(record => record.Fragment));
            Assert.True(read.Count >= fragments.Length - 3);
            if (read.Count > 0) Assert.Equal(lost - into + fragments[1].Length, read[0].Start);
        });

    [Fact]
    public void What_is_no_header_is_refused_at_its_first_wrong_byte()
    {
        foreach (byte[] bytes in new byte[][] { [25], [22, 2], [22, 3, 5], [22, 3, 3, 0x49], [22, 3, 3, 0, 0] })
        {
            var reader = new RecordReader();
            ReadOnlySpan<byte> rest = bytes;
            Assert.Equal(RecordStatus.Invalid, reader.Next(ref rest, out _));
        }
    }

    private static byte[] Stream(byte[][] fragments) =>
        [.. fragments.SelectMany(fragment => (byte[])[23, 3, 3, (byte)(fragment.Length >> 8), (byte)fragment.Length, .. fragment])];

    private static void Read(RecordReader reader, ReadOnlySpan<byte> bytes, List<(long Start, byte[] Fragment)> read, bool guess)
    {
        do
        {
            if (reader.Next(ref bytes, out TlsRecord record) != RecordStatus.Record) return;
            if (record.IsGuess)
            {
                Assert.True(guess);
                if (!record.IsChained) return;
            }

            read.Add((record.Start, record.Fragment.ToArray()));
            if (record.IsGuess) reader.Accept();
        }
        while (!bytes.IsEmpty || reader.HasMore);
    }
}
