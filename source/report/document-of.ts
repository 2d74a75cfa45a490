import type { Language } from '../text/index.ts';
import type { Document } from './document.ts';
import type { ReportData } from './report-data.ts';
import { changesSection } from './sections/changes.ts';
import { checksSection } from './sections/checks.ts';
import { clusterSection, pathSection } from './sections/cluster.ts';
import { drillsSection } from './sections/drills.ts';
import {
  backSection,
  logsSection,
  moneySection,
  notMeasuredSection,
  singlePointsSection,
} from './sections/remaining.ts';
import { dnsSection, summarySection } from './sections/summary.ts';
import { wordsOf } from './words.ts';

/** A report in words of one language. Pure: the same data gives the same document. */
export function documentOf(data: ReportData, language: Language): Document {
  const words = wordsOf(language);
  return {
    language,
    title: words.say('report-title', { cluster: data.cluster.name }),
    contentsTitle: words.say('report-contents'),
    diffsTitle: words.say('report-section-diffs'),
    sections: [
      summarySection(words, data),
      clusterSection(words, data),
      pathSection(words, data),
      changesSection(words, data),
      checksSection(words, data),
      drillsSection(words, data),
      singlePointsSection(words, data),
      notMeasuredSection(words, data),
      moneySection(words, data),
      dnsSection(words, data),
      logsSection(words),
      backSection(words, data),
    ],
  };
}
