using System.Runtime.InteropServices;
using Trama.Cli.CommandLine;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Fleet.Storing;
using Trama.Framing;
using Trama.Hub;
using Trama.Hub.Courier;
using Trama.Hub.Embedded;
using Trama.Hub.Owning;
using Trama.Hub.Showing;
using Trama.Reports;
using Trama.Rows.Sql;

Language language = LanguageChoice.From(args, Environment.GetEnvironmentVariable);
try
{
    HubArguments arguments = HubArguments.Of(args, language);
    if (arguments.Text.Length > 0)
    {
        Console.Out.Write(arguments.Text);
        return ExitCode.Done;
    }

    using var stop = new CancellationTokenSource();
    using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
        ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    if (arguments.Word == HubArguments.CourierWord)
    {
        await CourierProgram.Run(arguments.Broker!, arguments.Name, language);
    }
    else if (arguments.Word.Length > 0)
    {
        new HubLists(arguments.Store, arguments.Last, Console.Out, language).Write(arguments.Word);
    }
    else
    {
        using BrokerChild? own = arguments.Embedded is { } address
            ? BrokerChild.Start(address, Path.Combine(arguments.Store, "nats"), language) : null;
        await new HubProgram(arguments, language).Run(stop.Token);
    }

    return ExitCode.Done;

    // A sensor's courier ends when its sensor does, which the same Ctrl-C reaches.
    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
catch (UserError error)
{
    Console.Error.WriteLine($"trama-hub: {VisibleText.Checked(error.Message)}");
    return error.Code;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or StoreException or SqlException)
{
    string told = error is StoreException store ? StoreErrors.Describe(store, language).Message : error.Message;
    Console.Error.WriteLine($"trama-hub: {VisibleText.Checked(told)}");
    return ExitCode.Failed;
}
