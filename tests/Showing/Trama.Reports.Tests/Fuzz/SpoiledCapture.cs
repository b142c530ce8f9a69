using Trama.Captures;
using Trama.Captures.Files;
using Trama.Captures.Synthetic;
using Trama.Packets;

namespace Trama.Reports.Tests.Fuzz;

/// <summary>The packets of a capture, and how they are spoiled: bytes, order, presence and times.</summary>
internal sealed class SpoiledCapture
{
    private const int MostRecords = 300;

    private readonly List<(Timestamp At, LinkType Link, byte[] Bytes, int Length)> _records;

    private SpoiledCapture(List<(Timestamp At, LinkType Link, byte[] Bytes, int Length)> records) => _records = records;

    /// <summary>The first packets of a file; null when there are none.</summary>
    public static SpoiledCapture? Of(string path)
    {
        var records = new List<(Timestamp, LinkType, byte[], int)>();
        try
        {
            using CaptureFile file = CaptureFile.Open(path);
            while (records.Count < MostRecords && file.TryRead(out Packets.Record record)) records.Add(
                (record.Timestamp, record.LinkType, record.Bytes.ToArray(), record.OriginalLength));
        }
        catch (CaptureException)
        {
            // Not all reference captures are whole; what could be read will do.
        }

        return records.Count == 0 ? null : new SpoiledCapture(records);
    }

    /// <summary>The same packets, some of them spoiled.</summary>
    /// <param name="random">Chooses what, and how.</param>
    /// <param name="other">A capture of which some packets come in between.</param>
    public SpoiledCapture Spoil(Random random, SpoiledCapture other)
    {
        var spoiled = new SpoiledCapture([.. _records]);
        for (int left = random.Next(1, 10); left > 0; left--) spoiled.SpoilOnce(random, other);
        return spoiled;
    }

    /// <summary>Tells every packet.</summary>
    public void Give(RecordReceiver take)
    {
        foreach ((Timestamp at, LinkType link, byte[] bytes, int length) in _records) take(new Packets.Record(at, link, bytes, length));
    }

    /// <summary>Keeps the packets as a file.</summary>
    public void Save(string path)
    {
        using var file = new PcapngWriter(path, "trama");
        var interfaces = new List<LinkType>();
        foreach ((Timestamp at, LinkType link, byte[] bytes, int length) in _records)
        {
            if (!interfaces.Contains(link))
            {
                interfaces.Add(link);
                file.AddInterface(new CaptureInterface(link, 0) { IsNanosecond = true });
            }

            file.Write(new Packets.Record(at, link, bytes, length, interfaces.IndexOf(link)));
        }
    }

    private void SpoilOnce(Random random, SpoiledCapture other)
    {
        int at = random.Next(_records.Count);
        (Timestamp time, LinkType link, byte[] bytes, int length) = _records[at];
        switch (random.Next(10))
        {
            case 0:
                // From here on the clock stands elsewhere.
                long step = Step(random);
                for (int i = at; i < _records.Count; i++) _records[i] = _records[i] with
                { At = new Timestamp(unchecked(_records[i].At.Nanoseconds + step)) };
                break;
            case 1:
                _records[at] = (new Timestamp(unchecked(time.Nanoseconds + Step(random))), link, bytes, length);
                break;
            case 2 when _records.Count > 1:
                _records.RemoveRange(at, Math.Min(random.Next(1, 5), _records.Count - at - (at == 0 ? 1 : 0)));
                break;
            case 3:
                _records.Insert(random.Next(_records.Count), _records[at]);
                break;
            case 4:
                int with = random.Next(_records.Count);
                (_records[at], _records[with]) = (_records[with], _records[at]);
                break;
            case 5:
                _records.Insert(at, other._records[random.Next(other._records.Count)] with { At = time });
                break;
            case 6 when bytes.Length > 0:
                _records[at] = (time, link, bytes[..random.Next(bytes.Length)], length);
                break;
            default:
                if (bytes.Length == 0) break;
                byte[] changed = [.. bytes];
                for (int left = random.Next(1, 6); left > 0; left--)
                {
                    int place = random.Next(random.Next(3) > 0 ? Math.Min(changed.Length, 80) : changed.Length);
                    changed[place] = random.Next(4) switch
                    {
                        0 => 0,
                        1 => 0xff,
                        2 => (byte)(changed[place] ^ 1 << random.Next(8)),
                        _ =>
                        (byte)random.Next(256)
                    };
                }

                _records[at] = (time, link, changed, length);
                break;
        }
    }

    // Back and forth, by little, by much, and to the ends of time.
    private static long Step(Random random) => random.Next(6) switch
    {
        0 => random.NextInt64(-1_000_000, 1_000_000),
        1 => random.NextInt64(-5_000_000_000, 5_000_000_000),
        2 => random.NextInt64(-100_000_000_000_000, 100_000_000_000_000),
        3 => -random.NextInt64(1, 10_000_000_000),
        4 => long.MinValue,
        _ => long.MaxValue,
    };
}
