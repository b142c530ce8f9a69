using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Trama.Diagnosis;
using Trama.Reports;
using Trama.Testing.Snapshots;
using Trama.Tracing;

namespace Trama.Testing;

/// <summary>
/// Assertions about traffic. What is not so fails with the verdict and the ladders of the traffic; what cannot be seen fails too, or skips
/// the test, with the reason (<see cref="WireOptions.Skip"/>). It never passes.
/// </summary>
[StackTraceHidden]
public sealed class WireAssertions
{
    private readonly Traffic _traffic;
    private readonly Action<string>? _skip;

    internal WireAssertions(Traffic traffic, Action<string>? skip)
    {
        (_traffic, _skip) = (traffic, skip);
        if (traffic.Unread is { } why) Unseen(why);
    }

    /// <summary>The same traffic, to assert more of it.</summary>
    public WireAssertions And => this;

    /// <summary>There are so many connections. Of none, this alone can be asserted: that nothing went wrong says nothing where nothing was
    /// seen.</summary>
    public WireAssertions HaveConnections(int expected)
    {
        Hold(_traffic.Connections.Count == expected, $"expected {expected} connections, and there are {_traffic.Connections.Count}");
        return this;
    }

    /// <summary>Clients waited so often for their server, handshakes included: requests that go out together wait once.</summary>
    public WireAssertions HaveRoundTrips(int expected)
    {
        HoldSeen($"expected {expected} round trips");
        bool isCut = _traffic.Connections.Any(connection => connection.OmittedSegments > 0);
        if (isCut) Unseen("a connection has too many segments to count");
        NeedBytes();
        int found = _traffic.Connections.Sum(RoundTrips.Of);
        Hold(found == expected, $"expected {expected} round trips, and there are {found}");
        return this;
    }

    /// <summary>There are so many exchanges: requests, with or without a reply, and what the server said unasked.</summary>
    public WireAssertions HaveExchanges(int expected)
    {
        HoldSeen($"expected {expected} exchanges");
        int found = Exchanges().Count;
        NeedWords();
        NeedBytes();
        Hold(found == expected, $"expected {expected} exchanges, and there are {found}");
        return this;
    }

    /// <summary>These operations were asked for, and no others, in this order: <c>GET /users</c>, <c>SELECT * FROM users</c>.</summary>
    public WireAssertions HaveOperations(params string[] expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        HoldSeen($"expected the operations [{string.Join(", ", expected)}]");
        IReadOnlyList<Exchange> exchanges = Exchanges();
        NeedWords();
        NeedBytes();
        if (exchanges.FirstOrDefault(each => each is { Request: not null, Operation.IsEmpty: true }) is { } unnamed)
            Unseen($"what {Named(unnamed)} asks for is not known: its protocol is none of those that are read");
        string[] found = [.. exchanges.Where(each => !each.Operation.IsEmpty).Select(Named)];
        Hold(found.SequenceEqual(expected),
            $"expected the operations [{string.Join(", ", expected)}], and there are [{string.Join(", ", found)}]");
        return this;
    }

    /// <summary>There were requests, and every one has a reply, where one is due, whose first byte came in this time after the request's
    /// last one.</summary>
    public WireAssertions ReplyWithin(TimeSpan limit)
    {
        HoldOpened("expected replies");
        IReadOnlyList<Exchange> exchanges = Exchanges();
        foreach (Exchange exchange in exchanges)
        {
            if (exchange.Request is not { } request || exchange.ReplyDue == false) continue;
            Hold(exchange.Reply is not null, $"expected a reply, and none came to {Named(exchange)}");
            double milliseconds = (exchange.Reply!.FirstAt - request.DeliveredAt) / 1e6;
            Hold(milliseconds <= limit.TotalMilliseconds, string.Create(CultureInfo.InvariantCulture,
                $"expected replies within {limit.TotalMilliseconds:0.###} ms, and {Named(exchange)} took {milliseconds:0.###} ms"));
        }

        // What is encrypted is cut where its protocol is not: a handshake's reply may be all that was soon enough.
        NeedWords();
        NeedBytes();
        Hold(exchanges.Any(exchange => exchange.Request is not null), "expected replies, and no request was seen");
        return this;
    }

    /// <summary>No connection was refused or reset, neither it nor a request was left without an answer, nothing else was found that is an
    /// error, and no reply says that it failed. What is encrypted may say so unseen.</summary>
    public WireAssertions HaveNoFailures()
    {
        HoldOpened("expected no failures");
        foreach (Connection connection in _traffic.Connections)
            Hold(connection.State != ConnectionState.Reset, $"expected no failures, and connection {connection.Id} is {connection.State}");
        foreach (Exchange exchange in Exchanges())
        {
            string status = Encoding.UTF8.GetString(exchange.Status.Span);
            Hold(exchange.Failed != true, $"expected no failures, and {Named(exchange)} got {status}");
        }

        if (Found().FirstOrDefault(finding => finding.Severity == Severity.Error) is { } error)
            Hold(false, $"expected no failures, and there is {FindingNames.Of(error.Id)}");
        NeedWords();
        NeedBytes();
        return this;
    }

    /// <summary>No segment was sent again; one whose loss shows only by what followed counts too.</summary>
    public WireAssertions HaveNoRetransmissions()
    {
        HoldSeen("expected no retransmissions");
        long found = _traffic.Connections.Sum(connection => connection.ToServer.Retransmissions + connection.ToClient.Retransmissions);
        Hold(found == 0, $"expected no retransmissions, and there are {found}");
        Hold(Found().All(finding => finding.Id != FindingId.PacketLoss), "expected no retransmissions, and segments were lost");
        NeedSegments();
        NeedBytes();
        return this;
    }

    /// <summary>Nothing was found that is worth a warning.</summary>
    /// <param name="except">What may be found all the same, by the names of <c>trama diagnose</c>: <c>slow-server</c>, where the machine
    /// that runs the test may be busy.</param>
    /// <exception cref="ArgumentException">There is no finding of such a name.</exception>
    public WireAssertions HaveNoFindings(params string[] except)
    {
        ArgumentNullException.ThrowIfNull(except);
        FindingId[] allowed = [.. except.Select(IdOf)];
        HoldSeen("expected no findings");
        if (Found().FirstOrDefault(finding => finding.Severity >= Severity.Warning && !allowed.Contains(finding.Id)) is { } main)
            Hold(false, $"expected no findings, and there is {FindingNames.Of(main.Id)}");
        // What was found is so; that there is nothing is known of segments only.
        NeedSegments();
        NeedBytes();
        return this;
    }

    /// <summary>This was found: <c>packet-loss</c>, <c>slow-server</c> and the others of <c>trama diagnose</c>.</summary>
    public WireAssertions HaveFinding(string name)
    {
        FindingId id = IdOf(name);
        if (Found().Any(finding => finding.Id == id)) return this;
        NeedSegments();
        IEnumerable<string> found = Found().Select(finding => FindingNames.Of(finding.Id)).Distinct();
        Hold(false, $"expected the finding {name}, and there are [{string.Join(", ", found)}]");
        return this;
    }

    /// <summary>
    /// The conversation, bodies included, is the one in the file <c>Class.Method.verified.txt</c> beside the test; without that file, or
    /// where it differs, it is written to <c>Class.Method.received.txt</c>, which becomes the other one when it is renamed.
    /// </summary>
    /// <param name="file">The test's source file; given by the compiler.</param>
    /// <param name="method">The test's method; given by the compiler.</param>
    public WireAssertions MatchSnapshot([CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        HoldSeen("expected a conversation");
        IReadOnlyList<Exchange> exchanges = Exchanges();
        NeedWords();
        NeedBytes();
        IEnumerable<string> obstacles = exchanges.SelectMany(each => each.Messages).Select(MessageContent.ObstacleOf).OfType<string>();
        if (obstacles.FirstOrDefault() is { } why) Unseen(why);
        string? difference = new Snapshot(file, method).Compare(SnapshotText.Of(_traffic));
        if (difference is not null) Hold(false, difference);
        return this;
    }

    private static FindingId IdOf(string name) =>
        FindingNames.Find(name) ?? throw new ArgumentException($"there is no finding '{name}'", nameof(name));

    private IEnumerable<Finding> Found() => _traffic.Diagnosis.Connections.SelectMany(connection => connection.Findings);

    private IReadOnlyList<Exchange> Exchanges()
    {
        bool isCut = _traffic.Connections.Any(connection => connection.OmittedExchanges > 0);
        if (isCut) Unseen("a connection has too many exchanges to keep");
        return _traffic.Exchanges;
    }

    private static string Named(Exchange exchange) => exchange.Operation is { IsEmpty: false } operation
        ? Encoding.UTF8.GetString(operation.Span) : $"request {exchange.Index}";

    // What holds of each of none holds of a client, too, that went another way.
    private void HoldSeen(string expected) => Hold(_traffic.Connections.Count > 0,
        $"{expected}, and no connection was seen {_traffic.Place} (that there is none is what HaveConnections(0) says)");

    private void HoldOpened(string expected)
    {
        HoldSeen(expected);
        foreach (Connection connection in _traffic.Connections)
            Hold(connection.State is not (ConnectionState.Refused or ConnectionState.Unanswered),
                $"{expected}, and connection {connection.Id} is {connection.State}");
    }

    // A reply that is encrypted may say that it failed; which bytes of it are a request, and which its reply, is not known either.
    private void NeedWords()
    {
        if (_traffic.Connections.FirstOrDefault(connection => connection.Tls is { IsDecrypted: false }) is { } sealedOne)
            Unseen($"connection {sealedOne.Id} is encrypted: what it says cannot be seen");
    }

    private void NeedBytes()
    {
        foreach (Connection connection in _traffic.Connections)
            if (connection.ToServer.MissingBytes + connection.ToClient.MissingBytes is > 0 and var missing)
                Unseen($"{missing} bytes of connection {connection.Id} were not captured");
    }

    private void NeedSegments()
    {
        if (_traffic.Blind is { } why) Unseen($"segments cannot be seen: {why}");
    }

    [DoesNotReturn]
    private void Unseen(string why)
    {
        _skip?.Invoke(why);
        throw new WireAssertionException($"{why}\n\n{_traffic}");
    }

    private void Hold(bool isSo, string otherwise)
    {
        if (!isSo) throw new WireAssertionException($"{otherwise}\n\n{_traffic}");
    }
}
