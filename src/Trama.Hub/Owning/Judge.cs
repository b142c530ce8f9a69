using System.Threading.Channels;
using NATS.Client.Core;
using Trama.Captures;
using Trama.Diagnosis;
using Trama.Fleet.Joining;
using Trama.Fleet.Sending;
using Trama.Fleet.Tickets;
using Trama.Hub.Broker;
using Trama.Reports;

namespace Trama.Hub.Owning;

/// <summary>Asks both sensors of a pair for the headers of their connection, and judges them together: one pair at a time.</summary>
/// <param name="connection">The broker.</param>
/// <param name="counts">Counts it.</param>
/// <param name="digests">Keeps what they sent, for who wants to see it drawn.</param>
/// <param name="language">The language of findings.</param>
internal sealed class Judge(NatsConnection connection, Counts counts, KeptDigests digests, Language language)
{
    private const int MostWaiting = 1024;
    private const long BeforeNs = 1_000_000, AfterNs = 2_000_000_000, ClocksNs = 2 * 3_600_000_000_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Channel<(Pair Pair, Owner Owner, Action Done)> _waiting = Channel.CreateBounded<(Pair, Owner, Action)>(MostWaiting);

    private static long Now => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Hears what its user should know.</summary>
    public required Action<string> Told { get; init; }

    /// <summary>A pair is to be judged; when too many wait, it is only counted.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="owner">Stores its verdict.</param>
    /// <param name="done">Called once it is judged, or cannot be.</param>
    public void Add(Pair pair, Owner owner, Action done)
    {
        if (_waiting.Writer.TryWrite((pair, owner, done))) return;
        counts.Unanswered();
        done();
    }

    /// <summary>Judges until it is stopped.</summary>
    public async Task Run(CancellationToken stop)
    {
        await foreach ((Pair pair, Owner owner, Action done) in _waiting.Reader.ReadAllAsync(stop))
        {
            (byte[]? one, byte[]? other) = (await Ask(pair.One, stop), await Ask(pair.Other, stop));
            JoinedDigests? joined = null;
            try
            {
                if (one is not null && other is not null && DigestAnswer.Read(one) is { } first && DigestAnswer.Read(other) is { } second)
                {
                    joined = JoinedDigests.Of(first, second);
                    digests.Keep(pair.Name, one, other);
                }
            }
            catch (CaptureException)
            {
                // What a sensor sent is no capture.
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The verdict is none the worse for it.
                Told(error.Message);
            }

            string failure = one is null ? pair.One.Sensor : other is null ? pair.Other.Sensor : joined is null ? "unreadable" : "";
            if (joined is null) counts.Unanswered();
            else counts.Judged();
            owner.Judged(Owner.Body(FleetTable.Verdicts, table => Write(pair, joined, failure, table)));
            done();
        }
    }

    private async Task<byte[]?> Ask(Ticket end, CancellationToken stop)
    {
        // Of one that is open, up to now: whatever the sensor's clock says, within reason. Of a long one, its last day.
        long to = end.IsEarly ? Math.Max(end.LastAt, Now + ClocksNs) : end.LastAt + AfterNs;
        var question = new DigestQuestion
        {
            From = Math.Max(Math.Max(0, end.OpenedAt - BeforeNs), to - DigestQuestion.MostNs),
            To = to,
            Client = end.Client,
            Server = end.Server,
        };
        var answer = new MemoryStream();
        // One that was cut cannot be read.
        return await SensorRequest.Send(connection, end.Sensor, question.ToBytes(), s_patience, DigestQuestion.MostBytes,
            piece => answer.Write(piece), stop) ? answer.ToArray() : null;
    }

    private void Write(Pair pair, JoinedDigests? joined, string failure, Rows.Journals.JournalTable table)
    {
        Finding? finding = joined?.Diagnosis.Verdict?.Finding;
        table.Add(Now);
        foreach (Ticket end in (Ticket[])[pair.One, pair.Other])
        {
            table.AddName(end.Sensor);
            table.Add(end.Connection);
            table.Add(end.RunAt);
        }

        table.AddName(pair.One.Client);
        table.AddName(pair.One.Server);
        table.AddName(finding is null ? "" : FindingNames.Of(finding.Id));
        table.AddName(finding?.Party.ToString().ToLowerInvariant());
        table.AddName(finding?.Severity.ToString().ToLowerInvariant());
        table.AddName(finding?.Confidence.ToString().ToLowerInvariant());
        table.Add(joined?.ClockNs);
        table.Add(joined?.Lost);
        table.AddName(finding is null ? "" : FindingWords.Text(finding, language));
        table.AddName(failure);
        table.EndRow();
    }
}
