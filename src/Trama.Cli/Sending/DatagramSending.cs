using Trama.Peers.Datagrams;
using Trama.Peers.Sending;
using Trama.Reports;

namespace Trama.Cli.Sending;

/// <summary><c>trama send --udp</c>: a datagram, and the one that answers it.</summary>
internal sealed class DatagramSending(ClientOptions options, Language language)
{
    /// <summary>Sends the message so many times, and prints each reply.</summary>
    /// <exception cref="UserError">There was no reply.</exception>
    public async Task RunAsync(ReadOnlyMemory<byte> message, int count, TimeSpan interval, ReplyPrinter printer)
    {
        DatagramClient? client = null;
        try
        {
            client = await DatagramClient.OpenAsync(options);
            for (int left = count; left > 0; left--)
            {
                printer.Take((await client.ExchangeAsync(message)).Span);
                printer.End();
                printer.Flush();
                if (left > 1) await Task.Delay(interval);
            }
        }
        catch (ClientException error)
        {
            throw Describe(error, client, message.Length);
        }
        finally
        {
            client?.Dispose();
        }
    }

    private UserError Describe(ClientException error, DatagramClient? client, int length)
    {
        string? what = error.Failure switch
        {
            ClientFailure.ReplyTimedOut => language.Pick(
                $"no reply within {Durations.Format(options.ReplyTimeout)} (--timeout); a datagram may have been lost, or nobody is there",
                $"nenhuma resposta em {Durations.Format(options.ReplyTimeout)} (--timeout); um datagrama pode ter se perdido, ou não há ninguém"),
            ClientFailure.Refused => language.Pick("nobody listens there (port unreachable)", "ninguém escuta aí (porta inalcançável)"),
            ClientFailure.TooLarge => language.Pick($"{length} bytes do not fit a datagram", $"{length} bytes não cabem em um datagrama"),
            ClientFailure.Unreachable => language.Pick("unreachable", "inalcançável"),
            ClientFailure.Other => error.Message,
            _ => null,
        };
        string address = client is null ? "" : $" ({client.Server.Address})";
        return what is null ? SendErrors.ToConnect(error, options, language) : new UserError(language.Pick(
            $"{options.Host} UDP port {options.Port}{address}: {what}",
            $"{options.Host} porta UDP {options.Port}{address}: {what}"));
    }
}
