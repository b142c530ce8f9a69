using System.Net.Sockets;
using NATS.Client.Core;
using Trama.Reports;

namespace Trama.Hub.Broker;

/// <summary>Says why no broker is reached while none is: the library tries to connect for ever, and says nothing meanwhile.</summary>
/// <param name="connection">The connection.</param>
/// <param name="broker">Where it goes.</param>
/// <param name="language">The language of what is said.</param>
internal sealed class BrokerAway(NatsConnection connection, BrokerOptions broker, Language language)
{
    private const int StandardPort = 4222, LooksBetweenReasons = 10;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(3);

    /// <summary>Hears why; empty once a broker is reached again.</summary>
    public required Action<string> Told { get; init; }

    /// <summary>Looks every few seconds, until it is stopped.</summary>
    public async Task Watch(CancellationToken stop)
    {
        int away = 0;
        while (!stop.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(s_look, stop));
            if (stop.IsCancellationRequested) return;
            if (connection.ConnectionState != NatsConnectionState.Open)
            {
                // It is asked seldom: each time leaves lines in the broker's log.
                if (away++ % LooksBetweenReasons == 0) Told(await Reason());
            }
            else if (away > 0)
            {
                Told("");
                away = 0;
            }
        }
    }

    private async Task<string> Reason()
    {
        if (!await IsThere()) return language.Pick($"no broker answers at {broker.Servers}; it is tried again and again",
            $"nenhum broker responde em {broker.Servers}; tenta-se de novo e de novo");
        // Another connection, tried once, says what goes wrong.
        await using var once = new NatsConnection(broker.ToOptions("trama", Subjects.HubInbox) with
        {
            RetryOnInitialConnect = false,
            MaxReconnectRetry = 0,
        });
        try
        {
            await once.ConnectAsync();
            return language.Pick($"the connection to {broker.Servers} is made anew", $"a conexão com {broker.Servers} é refeita");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Exception cause = error;
            while (cause.InnerException is { } inner) cause = inner;
            return language.Pick($"{broker.Servers} does not let this program in: {cause.Message}; it is tried again and again",
                $"{broker.Servers} não deixa este programa entrar: {cause.Message}; tenta-se de novo e de novo");
        }
    }

    private async Task<bool> IsThere()
    {
        foreach (string address in broker.Addresses)
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? place)) continue;
            using var client = new TcpClient();
            using var patience = new CancellationTokenSource(s_look);
            try
            {
                await client.ConnectAsync(place.Host, place.Port > 0 ? place.Port : StandardPort, patience.Token);
                return true;
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                // Perhaps another one does.
            }
        }

        return false;
    }
}
