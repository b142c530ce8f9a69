using System.Buffers;
using System.Text.Json;
using Trama.Captures;
using Trama.Reports.Browsing;
using Trama.Reports.Browsing.Answers;
using Trama.Reports.Tests.Browsing;
using Trama.Tracing;

namespace Trama.Web.Tests;

/// <summary>Whatever is asked while a capture grows has an answer: one thread traces, others ask, as they do live.</summary>
public class GrowingCaptureTests
{
    private const int Askers = 3;
    private const int Captures = 60;

    private static readonly string[] s_questions = ["capture", "services", "timeline", "connections", "exchanges", "connection", "ladder",
        "plot", "exchange", "packet", "place"];

    [Fact]
    public async Task Whatever_is_asked_meanwhile_is_answered()
    {
        string[] paths = [.. BrowsedFile.Small()];
        Assert.SkipWhen(paths.Length == 0, "no captures at hand");
        int step = Math.Max(1, paths.Length / Captures);
        for (int i = 0; i < paths.Length; i += step)
        {
            var growing = new Growing(paths[i]);
            using var over = new CancellationTokenSource();
            Task[] asking = [.. Enumerable.Range(0, Askers).Select(seed => Task.Run(() => Ask(growing, seed, over.Token),
                TestContext.Current.CancellationToken))];
            growing.Read();
            await over.CancelAsync();
            await Task.WhenAll(asking);
        }
    }

    [Fact]
    public void A_list_that_nobody_waits_for_any_more_ends_early_and_is_whole_when_it_is_asked_for_again()
    {
        string path = TestData.Shared("captures/tcp/zeek-http-1000-requests-one-dropped-response.pcap");
        BrowsedCapture capture = new BrowsedFile(path).Capture;
        var choice = new BrowsingChoice { Search = "get" };
        var gone = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() =>
            capture.ListExchanges(choice, ExchangeOrder.Total, descending: true, 0, 10, gone));
        Assert.Throws<OperationCanceledException>(() => capture.ListServices(choice, gone));
        CancellationToken stop = TestContext.Current.CancellationToken;
        long count = capture.ListExchanges(choice, ExchangeOrder.Total, descending: true, 0, 10, stop).Count;
        BrowsedCapture other = new BrowsedFile(path).Capture;
        Assert.Equal(other.ListExchanges(choice, ExchangeOrder.Total, descending: true, 0, 10, stop).Count, count);
        Assert.True(count > 900);
    }

    private static void Ask(Growing growing, int seed, CancellationToken over)
    {
        var random = new Random(seed);
        var answers = new BrowsingAnswers(new BrowsedSource(growing.Capture, ["lo"], IsLive: true));
        // Once more when it is over, so that what was left in a wrong state shows.
        for (int after = 0; after < s_questions.Length; after += over.IsCancellationRequested ? 1 : 0)
        {
            string name = s_questions[random.Next(s_questions.Length)];
            long connections = Math.Max(1, growing.Capture.Totals.Connections), packets = Math.Max(1, growing.Capture.Totals.Packets);
            var values = new Dictionary<string, string>
            {
                ["order"] = random.Next(8).ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["down"] = $"{random.Next(2)}",
            };
            if (name is not ("capture" or "services" or "timeline" or "connections" or "exchanges"))
            {
                values["connection"] = $"{random.NextInt64(connections) + 1}";
                values["packet"] = $"{random.NextInt64(packets) + 1}";
                values["exchange"] = $"{random.Next(4) + 1}";
            }
            else if (random.Next(3) == 0)
            {
                values[random.Next(2) == 0 ? "search" : "where"] = "total>1ms";
            }

            var answer = new ArrayBufferWriter<byte>();
            answers.Answer(new Question(name, values), answer, CancellationToken.None);
            JsonDocument.Parse(answer.WrittenMemory).Dispose();
        }
    }

    private sealed class Growing : IRecordedPackets
    {
        private readonly RecentRecords _recent = new(64 << 20);
        private readonly ConnectionTracker _tracker;
        private readonly string _path;

        public Growing(string path)
        {
            _path = path;
            Capture = new BrowsedCapture(this);
            _tracker = new ConnectionTracker(BrowsedCapture.Needs(new TracingOptions()), Capture);
            Capture.Totals = _tracker.Totals;
        }

        public BrowsedCapture Capture { get; }

        public void Read()
        {
            using CaptureFile file = CaptureFile.Open(_path);
            for (long number = 1; file.TryRead(out Packets.Record record); number++)
            {
                _recent.Add(record, number);
                _tracker.Observe(record);
                if (number % 32 == 0) Thread.Yield();
            }

            _tracker.Complete();
            Capture.Conclude();
        }

        public void Read(IReadOnlyList<long> numbers, NumberedRecord take, CancellationToken stop)
        {
            foreach (long number in numbers)
                if (_recent.TryRead(number, out Packets.Record record)) take(record, number);
        }
    }
}
