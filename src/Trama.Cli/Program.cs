using Trama.Captures;
using Trama.Cli;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Reports;
using Trama.Reports.Json;

Language language = Language.English;
try
{
    StopSignals.HeedInterrupts();
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
catch (OutOfMemoryException)
{
    new StandardError().Write("trama: there is not enough memory\n"u8);
    return ExitCode.Failed;
}
catch (ReaderGoneException)
{
    return ExitCode.Done;
}

static int Told(UserError error)
{
    Console.Error.WriteLine($"trama: {error.Message}");
    return error.Code;
}
