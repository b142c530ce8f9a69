using Trama.Captures;
using Trama.Cli;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Running;
using Trama.Cli.ThisProcess;
using Trama.Reports;
using Trama.Reports.Json;
using Trama.Run.Inside;

// Not a command: what a capture leaves behind when it gives root up, before anything of the surroundings is looked at.
if (args is [HolderService.Word, var user, var group] && uint.TryParse(user, out uint userNumber)
    && uint.TryParse(group, out uint groupNumber))
    return HolderService.Serve(userNumber, groupNumber);

Language language = Language.English;
try
{
    if (args is [InsideEntry.Mark, var gateway, .. var command]) return Inside(gateway, command);
    if (args is [InsideEntry.GuardMark, var guarded]) return NetworkGuard.Serve(guarded);
    if (args is [InsideEntry.FolderGuardMark, var running, var folder]) return RunFolder.Watch(running, folder);
    if (args is [InsideEntry.MarkOnHost, .. var plain]) return Inside(null, plain);
    // Programs of their own, beside this one or on the path.
    if (args is ["mcp", .. var served]) return Inside(null, [ThisProgram.Beside("trama-mcp"), .. served]);
    if (args is ["hub", .. var held]) return Inside(null, [ThisProgram.Beside("trama-hub"), .. held]);

    // What a command that is run is to ignore, it inherits.
    if (args is not ["run", ..]) StopSignals.HeedInterrupts();
    StandardHandles.Secure();
    LocalTime.Secure();
    // The console's own writers end the process with a stack trace when a disk is full.
    Console.SetOut(new StreamWriter(StandardOutputPipe.Open()) { AutoFlush = true });
    Console.SetError(new VisibleWriter(Terminal.Control));
    language = LanguageChoice.From(args, Environment.GetEnvironmentVariable);
    return await new TramaCommand(language).RunAsync(args);
}
catch (UserError error)
{
    return Told(error);
}
catch (CaptureException error)
{
    return Told(CaptureErrors.Describe(error, language));
}
catch (SpoolException error)
{
    return Told(CaptureErrors.Describe(error, language));
}
catch (StandardOutputException error)
{
    return Told(CaptureErrors.Describe(CaptureException.FromFileError(language.Pick("standard output", "saída padrão"), error), language));
}
catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException or PlatformNotSupportedException)
{
    return Told(new UserError(language.Pick($"this works on Linux alone ({error.GetType().Name})",
        $"isto só funciona no Linux ({error.GetType().Name})")));
}
catch (OutOfMemoryException)
{
    new StandardError().Write("trama: there is not enough memory\n"u8);
    return ExitCode.Failed;
}
catch (ReaderGoneException)
{
    return ExitCode.Done;
}

static int Inside(string? gateway, string[] command)
{
    int code = gateway is null ? InsideEntry.Become(command, out string problem) : InsideEntry.Run(gateway, command, out problem);
    if (problem.Length > 0) Console.Error.WriteLine($"trama: {problem}");
    return code;
}

static int Told(UserError error)
{
    Console.Error.WriteLine($"trama: {error.Message}");
    return error.Code;
}
