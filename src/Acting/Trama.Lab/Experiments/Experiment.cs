using System.Net.Sockets;
using Trama.Lab.Hosts;
using Trama.Lab.Paths;
using Trama.Lab.Programs;
using Trama.Namespaces;

namespace Trama.Lab.Experiments;

/// <summary>Runs a plan: two hosts, the path between them, two programs, two captures, and the truth about them.</summary>
internal sealed class Experiment(Plan plan, Dice dice)
{
    private const double LatenessPerRoundTrip = 0.05;
    private const double MillisecondsForHandshake = 25;
    private const double MillisecondsForThinking = 90;
    private const int CompanyExchanges = 12;

    private readonly Journal _journal = new();
    private readonly Journal _company = new();

    /// <summary>What a loaded machine may add to a healthy path, in nanoseconds; more would be a fault of its own.</summary>
    public long MostLateness { get; init; } = 15_000_000;

    /// <summary>Runs it and writes <c>client.pcap</c>, <c>server.pcap</c> and <c>truth.json</c> into a folder that is there.</summary>
    /// <returns>What happened, and the checks; the truth is true when all of them hold.</returns>
    /// <exception cref="NamespaceException">The lab cannot be set up here.</exception>
    public (Evidence Evidence, IReadOnlyList<Check> Checks) Run(string folder, string variant)
    {
        Surroundings around = plan.Around;
        var wire = new Wire(around.Wire(dice.Seed()), plan.Obstacles);
        using var client = Host.Create(around.ClientAddress, around.ClientHost);
        using var server = Host.Create(around.ServerAddress, around.ServerHost, around.OtherServerAddress);
        using (var clientCapture = new HostCapture(Path.Combine(folder, "client.pcap"), around.Capture))
        using (var serverCapture = new HostCapture(Path.Combine(folder, "server.pcap"), around.Capture))
        {
            plan.Beginning?.Invoke(wire, Clock.Now);
            using var link = new Link(wire, client, server, clientCapture, serverCapture);
            Converse(client, server, link);
            Thread.Sleep(TimeSpan.FromSeconds(plan.Tail) + TimeSpan.FromMilliseconds(2.2 * (around.RttMs + around.JitterMs)));
        }

        var evidence = new Evidence(_journal.Connections, wire);
        IReadOnlyList<Check> checks = [.. Always(evidence), .. _company.Connections.SelectMany(EndedWell), .. plan.Checks(evidence)];
        Truth.Write(Path.Combine(folder, "truth.json"), plan, variant, evidence, _company.Connections, checks);
        return (evidence, checks);
    }

    private void Converse(Host client, Host server, Link link)
    {
        using ServerProgram serving = Serving(server, plan.Around.Port, _journal, link, plan.ServerBuffer);
        using ServerProgram beside = Serving(server, plan.Around.Port == 65535 ? 65534 : plan.Around.Port + 1, _company, link, null);
        List<Thread> servers = [server.Start(() => Play(() => plan.Server(serving), _journal, isClient: false, serving))];
        List<Thread> clients = [];
        serving.WaitUntilReady();
        clients.Add(client.Start(() => Play(() => plan.Client(Calling(client, serving, _journal, link)), _journal, isClient: true, null)));
        if (plan.Around.Company)
        {
            Exchange[] exchanges = [.. Dialogue.Small(dice, CompanyExchanges)
                .Select(exchange => exchange with { Pause = dice.Between(0.005, 0.08) })];
            servers.Add(server.Start(() => Play(() => Dialogue.ServeAll(beside.Accept(), exchanges), _company, isClient: false, beside)));
            beside.WaitUntilReady();
            clients.Add(client.Start(() => Play(() => Dialogue.AskAll(Calling(client, beside, _company, link).Connect(), exchanges),
                _company, isClient: true, null)));
        }

        clients.ForEach(thread => thread.Join());
        // A server that nobody can reach any longer would wait for ever.
        if (plan.Vanishes is not null || !servers.TrueForAll(thread => thread.Join(Talk.Patience)))
        {
            serving.Dispose();
            beside.Dispose();
        }

        servers.ForEach(thread => thread.Join());
    }

    private ServerProgram Serving(Host host, int port, Journal journal, Link link, int? buffer) =>
        new(host, port, journal, NewContent, link, dice.Seed()) { Backlog = plan.Backlog, ReceiveBuffer = buffer };

    private ClientProgram Calling(Host host, ServerProgram server, Journal journal, Link link) =>
        new(host, server.Endpoint, journal, NewContent, link, dice.Seed())
        { ReceiveBuffer = journal == _journal ? plan.ClientBuffer : null };

    private Content NewContent(Dice dice) => new(plan.Around.Format, dice);

    // What a program meets is noted, and ends it, as it would end a program that does not expect it.
    private static void Play(Action program, Journal journal, bool isClient, ServerProgram? server)
    {
        try
        {
            program();
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
        {
            if (journal.Connections is not [.., var log]) return;
            if (server is { IsCutOff: true })
            {
                log.ServerOutcome = "cut-off";
                return;
            }

            string outcome = Outcomes.Of(error);
            log.Note(isClient ? "client" : "server", outcome);
            if (isClient && log.ClientOutcome == "ok") log.ClientOutcome = outcome;
            if (!isClient && log.ServerOutcome == "ok") log.ServerOutcome = outcome;
        }
        finally
        {
            server?.Ready();
        }
    }

    private IEnumerable<Check> Always(Evidence evidence)
    {
        double mostLateness = Math.Max(MostLateness, evidence.Wire.Settings.RoundTrip * LatenessPerRoundTrip);
        yield return new Check("the path was on time (largest delay in ms)", evidence.Wire.Lateness < mostLateness,
            $"{evidence.Wire.Lateness / 1e6:F3}");
        if (evidence.First is { Connected: { } connected } first)
        {
            double handshake = (connected - first.ConnectStart) / 1e6;
            bool near = plan.Repeats || handshake < plan.Around.RttMs + (2 * plan.Around.JitterMs) + MillisecondsForHandshake;
            yield return new Check("the handshake took one round trip (ms)", near, $"{handshake:F3}");
        }

        if (!plan.Repeats)
        {
            yield return Evidence.Exactly("nothing was sent twice", evidence.ClientSent.Again + evidence.ServerSent.Again, 0);
            yield return Evidence.Exactly("nothing was dropped", evidence.Count("drop"), 0);
        }

        if (plan.EndsWell)
        {
            if (!plan.ThinksLong) yield return new Check("the server replied at once (ms)",
                evidence.LongestThink / 1e6 < MillisecondsForThinking, $"{evidence.LongestThink / 1e6:F3}");
            foreach (Check check in evidence.Connections.SelectMany(EndedWell)) yield return check;
        }
    }

    private static Check[] EndedWell(ConnectionLog log) =>
        [Evidence.Is("the client ended well", log.ClientOutcome, "ok"), Evidence.Is("the server ended well", log.ServerOutcome, "ok")];
}
