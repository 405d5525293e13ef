"""The Member State's report to the Commission: Decision (EU) 2018/1524, Article 8 to 11 and Annex II."""
