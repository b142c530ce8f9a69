using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Peers.Datagrams;
using Trama.Peers.Sending;
using Trama.Reports;

namespace Trama.Cli.Commands.Sending;

/// <summary><c>trama send --udp</c>: a datagram, and the one that answers it.</summary>
/// <param name="options">Where to send.</param>
/// <param name="record">Keeps messages and replies; null keeps none.</param>
/// <param name="capture">The file that the packets are captured into; null for none.</param>
/// <param name="language">The language.</param>
internal sealed class DatagramSending(ClientOptions options, DatagramRecord? record, string? capture, Language language)
{
    /// <summary>Sends the message so many times, and prints each reply.</summary>
    /// <exception cref="UserError">There was no reply.</exception>
    /// <exception cref="CaptureException">The packets cannot be captured, or not all of them.</exception>
    public async Task RunAsync(ReadOnlyMemory<byte> message, int count, TimeSpan interval, ReplyPrinter printer)
    {
        using DatagramClient client = await OpenAsync();
        using OwnCapture? captured = capture is null ? null : OwnCapture.OfDatagrams(capture, client.Own.Port, options.Port, language);
        for (int left = count; left > 0; left--)
        {
            await ExchangeAsync(client, message, printer);
            if (left > 1) await Task.Delay(interval);
        }

        captured?.End();
    }

    private async Task<DatagramClient> OpenAsync()
    {
        try
        {
            return await DatagramClient.OpenAsync(options);
        }
        catch (ClientException error)
        {
            throw Describe(error, null, 0);
        }
    }

    private async Task ExchangeAsync(DatagramClient client, ReadOnlyMemory<byte> message, ReplyPrinter printer)
    {
        record?.Sending(client.Server, message.Span);
        try
        {
            ReadOnlyMemory<byte> reply = await client.ExchangeAsync(message);
            record?.Received(client.Server, reply.Span);
            printer.Take(reply.Span);
            printer.End();
            printer.Flush();
        }
        catch (ClientException error)
        {
            record?.Unanswered(client.Server, error.Failure);
            throw Describe(error, client, message.Length);
        }
    }

    private UserError Describe(ClientException error, DatagramClient? client, int length)
    {
        string? what = error.Failure switch
        {
            ClientFailure.ReplyTimedOut => language.Pick(
                $"no reply within {Durations.Format(options.ReplyTimeout)} (--timeout); a datagram may have been lost, or nobody is there",
                $"nenhuma resposta em {Durations.Format(options.ReplyTimeout)} (--timeout); um datagrama pode ter se perdido, "
                    + "ou não há ninguém"),
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
